package io.anju.platform.http;

/** What the contract's generated types have in common: they write themselves as JSON. */
@FunctionalInterface
public interface Written {
    /** Writes the whole value, an object or a text, in the contract's order of fields. */
    void writeTo(JsonOutput output);
}
