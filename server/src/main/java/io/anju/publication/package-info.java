/**
 * Publications of the waiting list (轮候册公布): the frozen list that anyone can download, recompute and check.
 *
 * <p>What is published is text: a statement, its signature, and one row for each household. {@link
 * io.anju.publication.Form} writes it, {@link io.anju.publication.Verifier} checks it without any server.
 */
@NullMarked
package io.anju.publication;

import org.jspecify.annotations.NullMarked;
