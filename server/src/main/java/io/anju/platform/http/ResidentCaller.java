package io.anju.platform.http;

/** Who may ask about a resident's things ({@code x-anju-owner: resident}): the resident, or who stands in for them. */
public final class ResidentCaller extends KnownCaller {
    ResidentCaller(Caller caller) {
        super(caller, Kind.RESIDENT);
    }
}
