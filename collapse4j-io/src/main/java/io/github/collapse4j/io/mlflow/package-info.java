/** Runs on an MLflow tracking server. */
@NullMarked
package io.github.collapse4j.io.mlflow;

import org.jspecify.annotations.NullMarked;
