package io.anju.architecture.broken.unmarked;

/** Lives in a package that says nothing about nulls. */
public final class Unmarked {
    private Unmarked() {}
}
