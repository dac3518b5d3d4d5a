package io.anju.policy;

/** A member's relation to the applicant (与主申请人关系). */
public enum Relation {
    APPLICANT(0),
    SPOUSE(0),
    CHILD(-1),
    PARENT(1),
    GRANDPARENT(2),
    GRANDCHILD(-2),
    SIBLING(0),
    /** Any other relation says nothing about generations, so it never adds one. */
    OTHER(0);

    private final int generation;

    Relation(int generation) {
        this.generation = generation;
    }

    /** Generations above (positive) or below (negative) the applicant. */
    public int generation() {
        return generation;
    }
}
