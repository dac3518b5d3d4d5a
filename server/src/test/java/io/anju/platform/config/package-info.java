@NullMarked
package io.anju.platform.config;

import org.jspecify.annotations.NullMarked;
