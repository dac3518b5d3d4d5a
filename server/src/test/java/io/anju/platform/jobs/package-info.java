@NullMarked
package io.anju.platform.jobs;

import org.jspecify.annotations.NullMarked;
