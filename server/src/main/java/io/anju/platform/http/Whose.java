package io.anju.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * Whose things an operation is about: makes of a caller what the contract declares ({@code x-anju-owner}), or refuses
 * with 401 who is nobody and with 403 who is of another kind.
 *
 * <p>The edge asks before the body is read, and the generated route, which hands it to the operation, asks again:
 * whatever comes to a room has passed here. Rows of others are told apart by the statements, which take what they look
 * for from the caller that this gives.
 */
public final class Whose {
    private Whose() {}

    static Caller of(Operation.Owner owner, Caller caller) {
        return switch (owner) {
            case ANYBODY -> caller;
            case ACCOUNT -> account(caller);
            case RESIDENT -> resident(caller);
            case AGENCY -> agency(caller);
            case OFFICE -> office(caller);
            case AREA -> area(caller);
            case CITY -> city(caller);
        };
    }

    public static AccountCaller account(Request request) {
        return account(request.caller());
    }

    public static ResidentCaller resident(Request request) {
        return resident(request.caller());
    }

    public static AgencyCaller agency(Request request) {
        return agency(request.caller());
    }

    public static OfficeCaller office(Request request) {
        return office(request.caller());
    }

    public static AreaCaller area(Request request) {
        return area(request.caller());
    }

    public static CityCaller city(Request request) {
        return city(request.caller());
    }

    /**
     * What a request names of the caller's area ({@code x-anju-within}): refuses what lies outside; all of it where
     * nothing is named.
     *
     * @param pointer where it stands in the request
     */
    public static Area area(AreaCaller caller, String pointer, @Nullable String named) {
        return Area.within(caller.office(), pointer, named);
    }

    private static AccountCaller account(Caller caller) {
        return caller instanceof AccountCaller known ? known : new AccountCaller(caller);
    }

    private static ResidentCaller resident(Caller caller) {
        return caller instanceof ResidentCaller known ? known : new ResidentCaller(caller);
    }

    private static AgencyCaller agency(Caller caller) {
        return caller instanceof AgencyCaller known ? known : new AgencyCaller(caller);
    }

    private static OfficeCaller office(Caller caller) {
        return caller instanceof OfficeCaller known ? known : new OfficeCaller(caller);
    }

    private static AreaCaller area(Caller caller) {
        return caller instanceof AreaCaller known ? known : new AreaCaller(caller);
    }

    private static CityCaller city(Caller caller) {
        return caller instanceof CityCaller known ? known : new CityCaller(caller);
    }
}
