/** Applications: a household's request under one programme in one city, from draft to registration. */
@NullMarked
package io.anju.application;

import org.jspecify.annotations.NullMarked;
