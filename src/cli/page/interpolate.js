// Between the points that a study has computed: linear along a grid, else by the nearest points.

/** The values of each parameter, ascending; whether points are all combinations of them. */
function axesOf(points, parameters) {
  const axes = parameters.map((name) => [...new Set(points.map((point) => point.parameters[name]))].sort((a, b) => a - b));
  return { axes, isGrid: axes.reduce((n, axis) => n * axis.length, 1) === points.length };
}

function onGrid(points, parameters, axes, at) {
  const index = new Map(points.map((point, i) => [parameters.map((name) => point.parameters[name]).join(" "), i]));
  let corners = [{ values: [], weight: 1 }];
  parameters.forEach((name, j) => {
    const axis = axes[j];
    const x = Math.min(Math.max(at[name], axis[0]), axis[axis.length - 1]);
    const above = axis.findIndex((value) => value >= x);
    const below = axis[above] === x ? above : above - 1;
    const t = above === below ? 0 : (x - axis[below]) / (axis[above] - axis[below]);
    corners = corners.flatMap(({ values, weight }) => [{ values: [...values, axis[below]], weight: weight * (1 - t) },
      ...(t > 0 ? [{ values: [...values, axis[above]], weight: weight * t }] : [])]);
  });
  return corners.map(({ values, weight }) => ({ i: index.get(values.join(" ")), weight }));
}

/** Shepard's weights by the inverse of the squared distance, of the nearest points; distances are shares of each parameter's range. */
function byNearest(points, parameters, axes, at) {
  const nearest = points.map((point, i) => ({ i, d: parameters.reduce((sum, name, j) => {
    const width = axes[j][axes[j].length - 1] - axes[j][0] || 1;
    return sum + ((point.parameters[name] - at[name]) / width) ** 2;
  }, 0) })).sort((a, b) => a.d - b.d).slice(0, 2 * parameters.length + 2);
  if (nearest[0].d === 0) return [{ i: nearest[0].i, weight: 1 }];
  const total = nearest.reduce((sum, { d }) => sum + 1 / d, 0);
  return nearest.map(({ i, d }) => ({ i, weight: 1 / d / total }));
}

/** Interpolates over points with `parameters`. `at(setting)` gives `mean(value)`, where `value(i)` is of point i or null, and whether
 * the setting is a point itself. */
export function interpolator(points, parameters) {
  const { axes, isGrid } = axesOf(points, parameters);
  return { axes, isGrid, at(setting) {
    const weights = isGrid ? onGrid(points, parameters, axes, setting) : byNearest(points, parameters, axes, setting);
    const mean = (value) => {
      let sum = 0;
      for (const { i, weight } of weights) {
        const x = value(i);
        if (x == null) return null;
        sum += weight * x;
      }
      return sum;
    };
    return { mean, isPoint: weights.length === 1 };
  } };
}
