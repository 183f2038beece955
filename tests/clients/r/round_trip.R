# Reads an answer sheet and writes it, with R alone and nothing said but the dialect.
#
# Usage: Rscript round_trip.R FROM TO yes|no, where yes is Dutch csv, with semicolons.

arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[3] == "yes") {
  write.csv2(read.csv2(arguments[1], check.names = FALSE, fileEncoding = "UTF-8-BOM"), arguments[2], row.names = FALSE)
} else {
  write.csv(read.csv(arguments[1], check.names = FALSE), arguments[2], row.names = FALSE)
}
