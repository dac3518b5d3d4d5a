package io.anju.platform.jobs;

/** This run of a job took longer than its lease, and another runner has taken the job over. */
public final class LostLease extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostLease(Job job) {
        super("the lease of job " + job.id() + " (" + job.kind() + ") is lost", null, false, false);
    }
}
