# Reads every csv of a folder with R alone, as the guide for analysts shows, and prints what it found: of each column that R took for logical
# values or for numbers how many are true and their sum, and of each column of a key how many values there are.
#
# Usage: Rscript read_every_table.R FOLDER. Beside TABLE.csv stands what the service says of its columns, TABLE.columns: name, type, whether key.

folder <- commandArgs(trailingOnly = TRUE)[1]
print_row <- function(...) cat(..., sep = "\t", fill = FALSE)

for (file in list.files(folder, pattern = "[.]csv$", full.names = TRUE)) {
  table <- sub("[.]csv$", "", basename(file))
  rows <- read.csv(file)
  written <- read.csv(file, colClasses = "character", na.strings = character())
  columns <- read.csv(sub("[.]csv$", ".columns", file), header = FALSE, col.names = c("name", "type", "is_key"))
  stopifnot(identical(names(rows), columns$name))
  print_row(table, "rows", "", paste0(nrow(rows), "\n"))
  for (at in seq_len(nrow(columns))) {
    name <- columns$name[at]
    cells <- rows[[name]]
    if (nrow(rows) == 0 || all(is.na(cells))) next
    if (columns$type[at] == "BOOLEAN") {
      # An analyst's line: no conversion before it.
      print_row(table, "true", name, paste0(sum(cells == TRUE, na.rm = TRUE), "\n"))
    } else if (columns$type[at] %in% c("INTEGER", "DECIMAL")) {
      stopifnot(is.numeric(cells))
      print_row(table, "sum", name, paste0(format(sum(cells, na.rm = TRUE), digits = 15, scientific = FALSE), "\n"))
    } else {
      # Keys such as 2024/1 and 2025-1 become no months, and nothing loses a zero; a year as the key of a plan may be a number.
      shown <- ifelse(is.na(cells), "", as.character(cells))
      if (!identical(shown, written[[name]])) stop(paste(table, name, "is not read as it is written"))
      if (columns$is_key[at]) print_row(table, "values", name, paste0(length(unique(cells)), "\n"))
    }
  }
}
