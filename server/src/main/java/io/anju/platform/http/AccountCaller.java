package io.anju.platform.http;

/** Who may ask about what is of their own account ({@code x-anju-owner: account}), of whichever kind it is. */
public final class AccountCaller extends KnownCaller {
    AccountCaller(Caller caller) {
        super(caller);
    }
}
