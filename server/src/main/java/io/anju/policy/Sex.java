package io.anju.policy;

/** A member's sex; some cities count rooms by it. */
public enum Sex {
    FEMALE,
    MALE
}
