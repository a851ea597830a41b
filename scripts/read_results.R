#!/usr/bin/env Rscript
# Reads the results of truce in R, with hdf5r or with ncdf4: on Debian r-cran-hdf5r, r-cran-ncdf4.
#   Rscript scripts/read_results.R RESULTS.h5 [OUTCOME]
# Prints the means of the trials with their standard errors, how the trials ended, and where the courses in time lead; with either
# package the same lines, whose numbers are those of `truce show --json`.

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 1) stop("usage: Rscript read_results.R RESULTS.h5 [OUTCOME]", call. = FALSE)
path <- arguments[1]
if (!file.exists(path)) stop(path, ": there is no such file", call. = FALSE)

# A variable of the file, by its path; what is missing is NA. A study has the points as the last
# dimension of each: R counts dimensions from the fastest.
with_hdf5r <- function(path) {
  file <- hdf5r::H5File$new(path, mode = "r")
  list(read = function(name) {
    values <- file[[name]]$read()
    if (is.double(values)) values[is.nan(values)] <- NA
    values
  }, names = function(group) names(file[[group]]), attribute = function(name, key) {
    hdf5r::h5attr(file[[name]], key)
  }, close = function() file$close_all())
}

with_ncdf4 <- function(path) {
  file <- ncdf4::nc_open(path)
  list(read = function(name) {
    # Coordinates are dimensions to ncdf4.
    values <- if (name %in% names(file$dim)) file$dim[[name]]$vals else ncdf4::ncvar_get(file, name)
    if (is.double(values)) values[is.nan(values)] <- NA
    if (length(dim(values)) == 1) as.vector(values) else values
  }, names = function(group) {
    all <- c(names(file$var), names(file$dim))
    sub(paste0("^", group, "/"), "", all[startsWith(all, paste0(group, "/"))])
  }, attribute = function(name, key) ncdf4::ncatt_get(file, name, key)$value, close = function() ncdf4::nc_close(file))
}

results <- if (Sys.getenv("TRUCE_R_PACKAGE", "hdf5r") == "hdf5r" && requireNamespace("hdf5r", quietly = TRUE)) {
  with_hdf5r(path)
} else if (requireNamespace("ncdf4", quietly = TRUE)) {
  with_ncdf4(path)
} else {
  stop("needs the package hdf5r or ncdf4; on Debian: apt install r-cran-hdf5r", call. = FALSE)
}

# The trials as a data frame: an outcome a column. Those that failed have status 1.
if ("point" %in% results$names("trials")) stop(path, ": is of a study; this example reads a run", call. = FALSE)
status <- results$read("trials/status")
if (sum(status == 0) < sum(results$read("endings/count"))) {
  stop(path, ": does not keep the rows of all trials (--keep); their means are in /summary", call. = FALSE)
}
outcomes <- sort(setdiff(results$names("trials"), c("status", "trial", "ending", "cause")), method = "radix")
if (length(arguments) > 1) {
  if (!arguments[2] %in% outcomes) stop(path, ": has no outcome '", arguments[2], "'", call. = FALSE)
  outcomes <- arguments[2]
} else {
  outcomes <- outcomes[!grepl(".", outcomes, fixed = TRUE)]
}
trials <- as.data.frame(lapply(setNames(outcomes, outcomes), function(name) as.numeric(results$read(paste0("trials/", name)))),
                        check.names = FALSE)
codes <- results$read("trials/ending")
labels <- strsplit(results$attribute("trials/ending", "flag_meanings"), " ")[[1]]
trials$ending <- labels[match(codes, as.integer(results$attribute("trials/ending", "flag_values")))]
trials <- trials[status == 0, , drop = FALSE]

for (name in outcomes) {
  values <- trials[[name]][!is.na(trials[[name]])]
  error <- sd(values) / sqrt(length(values))
  cat(sprintf("%s: mean %.10g, standard error %.3g, %d trials\n", name, mean(values), error, length(values)))
}
shares <- prop.table(table(trials$ending))
for (name in sort(names(shares), method = "radix")) cat(sprintf("ending %s: %.10g\n", name, shares[[name]]))

for (timeline in sort(grep("\\.mean$", results$names("timelines"), value = TRUE), method = "radix")) {
  course <- results$read(paste0("timelines/", timeline))
  cat(sprintf("%s on the last day: %.10g\n", sub("\\.mean$", "", timeline), course[length(course)]))
}
invisible(results$close())
