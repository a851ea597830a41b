#!/usr/bin/python3
"""Finds includes that a C++ file has no use for: of the standard library's headers in the table
below, those of which no name occurs; of the project's own, those that declare no name that occurs.
A rough test by names, which overlooks some and is wrong about none. Prints file:line: problem; exits
with 1 if there is any.

Usage: check_includes.py ROOT
"""

import functools
import pathlib
import re
import sys

FOLDERS = ("src", "include", "tests")
# What of a header's names a file that needs it has at least one of.
STANDARD = {
    "algorithm": r"std::(ranges::)?(sort|stable_sort|find\w*|min|max|minmax\w*|min_element|max_element"
                 r"|copy\w*|move|fill\w*|any_of|all_of|none_of|count\w*|transform|clamp|equal\w*"
                 r"|lower_bound|upper_bound|remove\w*|unique\w*|reverse\w*|nth_element|partition\w*"
                 r"|is_sorted\w*|generate\w*|for_each\w*|binary_search|replace\w*|rotate|mismatch|swap"
                 r"|search|adjacent_find|next_permutation|lexicographical\w*|merge|includes|shuffle"
                 r"|partial_sort|set_\w+|sample|contains|push_heap|pop_heap|make_heap|sort_heap)\b",
    "array": r"std::(array|to_array)\b", "atomic": r"std::(atomic\w*|memory_order\w*)\b",
    "bit": r"std::(bit_\w+|popcount|count[lr]_\w+|has_single_bit|rot[lr]|endian)\b",
    "bitset": r"std::bitset\b", "charconv": r"std::(from_chars|to_chars|chars_format)\b",
    "chrono": r"std::chrono\b|chrono_literals|std::literals", "compare": r"<=>|std::\w+_ordering\b",
    "cmath": r"\b(std::)?(is(nan|finite|inf)|NAN|INFINITY|HUGE_VAL|M_PI|sqrt|cbrt|exp|exp2|expm1|log\w*|pow|abs|fabs|floor|ceil"
             r"|round|l?lround|trunc|fmod|fma|hypot|sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh|atanh|erfc?|[lt]gamma|frexp|ldexp"
             r"|modf|nextafter|nan|signbit|copysign|fmin|fmax|remainder|llround|l?lrint|nearbyint|scalbn|ilogb)\b",
    "concepts": r"std::(same_as|integral|floating_point|convertible_to|invocable|regular|derived_from)\b",
    "condition_variable": r"std::condition_variable\b", "deque": r"std::deque\b",
    "exception": r"std::(exception\w*|current_exception|rethrow_exception|uncaught\w*|terminate)\b",
    "filesystem": r"filesystem\b|\bfs::", "fstream": r"std::\w*fstream\b",
    "functional": r"std::(function|hash|plus|less|greater|invoke|ref|cref|bind\w*|identity|multiplies|minus|equal_to)\b|std::ranges::(less|greater|equal_to)",
    "future": r"std::(future|promise|async)\b", "initializer_list": r"std::initializer_list\b",
    "iomanip": r"std::(set\w+|put_time|quoted)\b", "iostream": r"std::(cout|cerr|cin|clog)\b",
    "iterator": r"std::(\w*_iterator\w*|\w*inserter|next|prev|distance|advance|[cr]*begin|[cr]*end|s?size|data)\b",
    "limits": r"numeric_limits\b", "map": r"std::(multi)?map\b", "memory": r"std::(unique_ptr|shared_ptr|weak_ptr|make_\w+|allocator\w*|addressof|enable_shared\w*|construct_at|destroy_at)\b",
    "mutex": r"std::(\w*mutex|\w*_lock|lock_guard|once_flag|call_once)\b",
    "numeric": r"std::(accumulate|iota|reduce|inner_product|partial_sum|gcd|lcm|midpoint|transform_reduce|\w+_scan|adjacent_difference)\b",
    "optional": r"std::(optional|nullopt\w*|make_optional)\b", "queue": r"std::(priority_)?queue\b",
    "random": r"std::(mt19937\w*|random_device|\w+_distribution|\w+_engine)\b",
    "regex": r"std::(s?regex\w*|s?match\w*)\b", "set": r"std::(multi)?set\b", "span": r"std::span\b",
    "sstream": r"std::\w*stringstream\b", "stdexcept": r"std::(\w+_error|logic_error|invalid_argument|out_of_range|length_error)\b",
    "string": r"std::(\w*string\b|to_string|getline|sto\w+)|string_literals",
    "string_view": r"string_view\b", "thread": r"std::(j?thread|this_thread)\b",
    "tuple": r"std::(tuple\w*|tie|make_tuple|apply|ignore|get)\b",
    "type_traits": r"std::(is_\w+|remove_\w+|enable_if\w*|conditional\w*|decay\w*|underlying_type\w*|true_type|false_type|invoke_result\w*|common_type\w*|void_t|make_(un)?signed\w*|add_\w+|integral_constant|bool_constant)\b",
    "unordered_map": r"std::unordered_(multi)?map\b", "unordered_set": r"std::unordered_(multi)?set\b",
    "utility": r"std::(move|forward|pair|make_pair|exchange|swap|declval|in_place\w*|to_underlying|as_const|cmp_\w+|index_sequence\w*|make_index_sequence|unreachable)\b",
    "variant": r"std::(variant\w*|visit|get|get_if|holds_alternative|monostate|bad_variant_access)\b",
    "vector": r"std::vector\b", "cstdio": r"\b(std::)?(f?printf|FILE|fopen|fclose|fflush|snprintf|std(out|err|in)|fputs|puts|fwrite|fread|fputc|rename|remove|fileno|perror|getchar|fgets)\b",
    "cstdlib": r"\b(std::)?(getenv|exit|_Exit|abort|EXIT_\w+|strto\w+|malloc|free|calloc|realloc|abs|atoi|system|setenv|posix_memalign|aligned_alloc)\b",
    "cstring": r"\b(std::)?(mem(cpy|set|cmp|move|chr)|str(len|cmp|error|chr|ncmp|str|rchr|signal|cpy))\b",
    "cstdint": r"\b(std::)?u?int(8|16|32|64|ptr|max)(_fast\d*|_least\d*)?_t\b|\bU?INT\d+_(MAX|MIN|C)\b",
    "cstddef": r"\b(std::)?(size_t|ptrdiff_t|nullptr_t|byte|max_align_t|offsetof)\b",
    "cerrno": r"\berrno\b|\bE[A-Z]{3,}\b", "cassert": r"\bassert\(", "csignal": r"\bSIG\w+|signal\b|sig\w+\(",
    "numbers": r"std::numbers\b", "ranges": r"std::(ranges|views)\b", "source_location": r"source_location\b",
}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
DECLARED = re.compile(
    r"\b(?:struct|class|enum(?: class)?|using|concept|union)\s+(\w+)"  # types
    r"|#define\s+(\w+)|(\w+)\("                              # macros, functions
    r"|\b(\w+)\s*(?:=|;|\{|\[)")                             # constants, members, values
ENUMERATORS = re.compile(r"\benum\b[^{;]*\{([^}]*)\}")


def code_of(text):
    """Without comments, texts and includes."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^\s*#\s*include[^\n]*", "", text, flags=re.M)
    return re.sub(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', '""', text, flags=re.S)


@functools.cache
def names_of(header):
    """Whatever a header may declare, by a generous guess; nothing where it is one for others'."""
    text = header.read_text()
    if "IWYU pragma: export" in text:
        return None
    code = code_of(text)
    names = {name for match in DECLARED.finditer(code) for name in match.groups() if name}
    for match in ENUMERATORS.finditer(code):
        names.update(re.findall(r"\w+", match[1]))
    return names


def unused(path, root):
    """(line, header) of includes without use."""
    text = path.read_text()
    code = code_of(text)
    words = set(re.findall(r"\w+", code))
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match or "IWYU" in line:
            continue
        if match[1] == "<":
            pattern = STANDARD.get(match[2])
            if pattern and not re.search(pattern, code):
                yield number, match[2]
            continue
        places = (root / folder / match[2] for folder in ("src", "include", "tests"))
        header = next((p for p in (path.parent / match[2], *places) if p.is_file()), None)
        own = pathlib.PurePath(match[2]).stem == path.stem
        names = None if own or header is None else names_of(header)
        if names is not None and not words & names:
            yield number, match[2]


def check(root):
    """(problems, number of files looked at)"""
    problems, seen = [], 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            # A header that has nothing but includes hands them on.
            if not code_of(path.read_text()).replace("#pragma once", "").strip():
                continue
            seen += 1
            problems += [f"{path.relative_to(root)}:{number}: {header} is included, and not used"
                         for number, header in unused(path, root)]
    return problems, seen


def main():
    problems, seen = check(pathlib.Path(sys.argv[1]))
    print("\n".join([*problems, f"{seen} files, {len(problems)} problems"]))
    return 1 if problems or not seen else 0


if __name__ == "__main__":
    sys.exit(main())
