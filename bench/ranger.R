# The side of R's ranger of a forest job, as a process of its own: read, train, predict, evaluate.
#
#   Rscript bench/ranger.R random-forest TRAIN_DIR (--test-ids FILE | --test-dir DIR)
#
# Prints one JSON line with the figures of the test rows, and the wall seconds of the training alone. Everything is as
# ranger has it by default for probabilities (drawn with replacement, nodes of 10 rows are not split), but the error on
# the rows not drawn, which nobody asks for. Needs Debian's r-cran-ranger and r-cran-data.table.
suppressPackageStartupMessages({
  library(data.table)
  library(ranger)
})

read <- function(folder) {
  file <- grep('_description', Sys.glob(file.path(folder, 'features', '*.csv*')), value = TRUE, invert = TRUE)
  features <- fread(file)
  labels <- fread(file.path(folder, 'labels', 'true_labels.csv'))
  ids <- features[[1]]
  list(ids = ids, x = as.matrix(features[, -1]), y = labels$label[match(ids, labels$instance_id)] == 'malicious')
}

arguments <- commandArgs(trailingOnly = TRUE)
setDTthreads(2)
train <- read(arguments[2])
if (arguments[3] == '--test-dir') {
  test <- read(arguments[4])
} else {
  outside <- train$ids %in% fread(arguments[4])$instance_id
  test <- list(x = train$x[outside, ], y = train$y[outside])
  train <- list(x = train$x[!outside, ], y = train$y[!outside])
}
started <- proc.time()
forest <- ranger(
  x = train$x,
  y = factor(train$y, c(FALSE, TRUE)),
  num.trees = 100,
  probability = TRUE,
  oob.error = FALSE,
  num.threads = 2,
  seed = 1,
  verbose = FALSE
)
training <- (proc.time() - started)[['elapsed']]
scores <- predict(forest, test$x, num.threads = 2, verbose = FALSE)$predictions[, 'TRUE']
called <- scores > 0.5
positives <- sum(test$y)
negatives <- sum(!test$y)
area <- (sum(rank(scores)[test$y]) - positives * (positives + 1) / 2) / positives / negatives
cat(sprintf(
  '{"rocAuc": %.17g, "f1": %.17g, "accuracy": %.17g, "training": %.17g}\n',
  area,
  2 * sum(called & test$y) / (sum(called) + positives),
  mean(called == test$y),
  training
))
