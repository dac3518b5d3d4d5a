package io.anju.sdk;

/** Gives the bearer token for a call. Called for every try, so it keeps what it has until it must ask anew. */
@FunctionalInterface
public interface TokenSource {
    /** Takes the token that the server just turned away, or the empty string; gives the one to use now. */
    String token(String refused);

    /** One token, given from outside, never renewed. */
    static TokenSource fixed(String token) {
        return refused -> token;
    }
}
