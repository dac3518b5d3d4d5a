/**
 * Complaints (投诉、报修、咨询), reports of wrongdoing (举报) and petitions (信访). Who may see what is said in one place,
 * {@code Sight}, and every staff query goes by it.
 */
@NullMarked
package io.anju.complaint;

import org.jspecify.annotations.NullMarked;
