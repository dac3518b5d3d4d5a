package io.anju.policy;

import io.anju.policy.yaml.Codes;

/** What somebody hands in, and by which clock it is answered. */
public enum ComplaintKind {
    /** 投诉. */
    COMPLAINT(ComplaintClock.Kind.HOTLINE),
    /** 报修. */
    REPAIR(ComplaintClock.Kind.HOTLINE),
    /** 咨询. */
    CONSULTATION(ComplaintClock.Kind.HOTLINE),
    /** 举报: of wrongdoing, confidential. */
    REPORT(ComplaintClock.Kind.REPORT),
    /** 信访. */
    PETITION(ComplaintClock.Kind.PETITION);

    private final ComplaintClock.Kind clock;

    ComplaintKind(ComplaintClock.Kind clock) {
        this.clock = clock;
    }

    public ComplaintClock.Kind clock() {
        return clock;
    }

    /** The name in documents, in the contract and in the database. */
    public String id() {
        return Codes.kebab(this);
    }

    /** The kind with this name; fails for a name that is none. */
    public static ComplaintKind of(String id) {
        return Codes.find(ComplaintKind.class, id)
                .orElseThrow(() -> new IllegalArgumentException("no kind of complaint: " + id));
    }
}
