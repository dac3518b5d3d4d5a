package io.anju.identity;

/** Sex as the national ID's 17th digit tells it. */
public enum Sex {
    FEMALE,
    MALE
}
