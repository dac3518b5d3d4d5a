package io.anju.publicity;

import io.anju.application.CaseFile;
import io.anju.application.StepHandler;
import io.anju.platform.db.Tx;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.time.Instant;

/** What publicity does when an application reaches one of its steps: it waits for the office's next notice. */
public final class PublicitySteps implements StepHandler {
    private final WaitingStore waiting = new WaitingStore();
    private final NoticeStore notices = new NoticeStore();

    @Override
    public Step.Kind kind() {
        return Step.Kind.PUBLICITY;
    }

    @Override
    public Future<Void> enter(Tx tx, CaseFile file, Step step, Instant now) {
        return waiting.insert(tx, file, step, now);
    }

    /** The household withdrew: it leaves the queue, or the notice that it is on. */
    @Override
    public Future<Void> leave(Tx tx, CaseFile file, Instant now) {
        return waiting.delete(tx, file.id()).compose(deleted -> notices.withdrawLine(tx, file.id(), now));
    }
}
