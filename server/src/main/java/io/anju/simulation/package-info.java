/**
 * Trials of rules (试算): what a document would change for the households that are really on a city's list, before anybody
 * decides. Nothing outside this room's own tables is touched.
 */
@NullMarked
package io.anju.simulation;

import org.jspecify.annotations.NullMarked;
