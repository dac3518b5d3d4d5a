package io.anju.platform.http;

/** Who may ask about the work of their own office ({@code x-anju-owner: office}). */
public final class OfficeCaller extends StaffCaller {
    OfficeCaller(Caller caller) {
        super(caller);
    }
}
