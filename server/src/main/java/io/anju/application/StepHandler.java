package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.time.Instant;

/** What a domain does when an application reaches a step of its kind. Joins the transaction of the move. */
public interface StepHandler {
    Step.Kind kind();

    /** The application arrived at the step: open the work, such as a task for the step's office. */
    Future<Void> enter(Tx tx, CaseFile file, Step step, Instant now);

    /** The application was withdrawn or moved away by another: close the open work, if there is any. */
    Future<Void> leave(Tx tx, CaseFile file, Instant now);
}
