/** The form of a document: YAML whose every fault is told by file and line, and the spelling of codes in it. */
@NullMarked
package io.anju.policy.yaml;

import org.jspecify.annotations.NullMarked;
