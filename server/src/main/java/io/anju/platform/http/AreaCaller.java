package io.anju.platform.http;

/** Who may ask about the area that their office is in charge of ({@code x-anju-owner: area}). */
public final class AreaCaller extends StaffCaller {
    AreaCaller(Caller caller) {
        super(caller);
    }
}
