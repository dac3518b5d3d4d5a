package io.anju.waitinglist;

import io.anju.api.WaitinglistOperations;
import io.anju.api.model.AllocationResultPage;
import io.anju.api.model.ExitRegistrationRequest;
import io.anju.api.model.MyRegistration;
import io.anju.api.model.MyRegistrationPage;
import io.anju.api.model.ReceiptStanding;
import io.anju.api.model.RegistrationPage;
import io.anju.api.model.RegistrationState;
import io.anju.api.model.WaitingListPage;
import io.anju.application.ReceiptNumber;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.waitinglist.RegisterFilter.Place;
import io.anju.waitinglist.RegisterFilter.Traits;
import io.anju.waitinglist.RegisterStore.Listed;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of the waiting list. */
public final class WaitingListApi implements WaitinglistOperations {
    private static final String PUBLIC_LIST = "getWaitingList";
    private static final String RESULTS = "listAllocationResults";
    private static final String FOR_A_MINUTE = "public, max-age=60";
    private static final String OWN = "listMyRegistrations";
    private static final String REGISTER = "listRegistrations";

    private final WaitingListService service;
    private final StandingService standings;
    private final Once once;
    private final Cursors cursors;

    public WaitingListApi(WaitingListService service, StandingService standings, Once once, Cursors cursors) {
        this.service = service;
        this.standings = standings;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<WaitingListPage>> getWaitingList(
            Request request,
            String cityCode,
            String programme,
            @Nullable String districtCode,
            @Nullable Integer homeRooms,
            @Nullable String priorityClass,
            @Nullable String cursor,
            int limit) {
        // one more than asked for tells whether there is a next page; the cursor is bound to what was asked
        var list = new ListKey(cityCode, programme);
        var part = ListPart.of(districtCode, homeRooms, priorityClass);
        var name = String.join("/", PUBLIC_LIST, cityCode, programme, part.name());
        Future<PublicList.Page> page;
        if (cursor == null) {
            page = standings.firstPage(list, part, limit + 1, request.now());
        } else {
            var place = cursors.open(name, 2, cursor);
            page = standings.nextPage(Long.parseLong(place.get(0)), part, Integer.parseInt(place.get(1)), limit + 1);
        }
        return page.map(found ->
                Reply.of(toContract(found, name, part, limit)).withContentTag(tag(found.standing()), FOR_A_MINUTE));
    }

    /** A generation never changes; the rules of an empty list have none, and so they name it. */
    private static String tag(Standing standing) {
        return standing.id() == 0 ? standing.asOf() + "-" + standing.policyDigest() : Long.toString(standing.id());
    }

    private WaitingListPage toContract(PublicList.Page page, String name, ListPart part, int limit) {
        var standing = page.standing();
        var shown = cursors.pageBy(name, page.lines(), limit, last -> List.of(standing.id(), part.place(last)));
        return new WaitingListPage(
                standing.list().cityCode(),
                standing.list().programme(),
                standing.asOf(),
                standing.derivedAt(),
                standing.version(),
                page.total(),
                shown.as(line -> WaitingListContract.entry(line, part)),
                shown.nextCursor());
    }

    @Override
    public Future<Reply<AllocationResultPage>> listAllocationResults(
            Request request, String cityCode, String programme, @Nullable String cursor, int limit) {
        var list = new ListKey(cityCode, programme);
        var name = String.join("/", RESULTS, cityCode, programme);
        var after = cursor == null ? null : group(cursors.open(name, 3, cursor));
        return standings
                .results(list, StandingContract.FEWEST_HOUSEHOLDS, after, limit + 1, request.today())
                .map(found -> {
                    var page = cursors.pageBy(name, found, limit, last -> place(last.group()));
                    return Reply.of(StandingContract.results(list, page, request.language()))
                            .withHeader("Cache-Control", FOR_A_MINUTE);
                });
    }

    private static ResultStore.Group group(List<String> place) {
        return new ResultStore.Group(Integer.parseInt(place.get(0)), place.get(1), Integer.parseInt(place.get(2)));
    }

    private static List<Object> place(ResultStore.Group last) {
        return List.of(last.year(), last.estateName(), last.homeRooms());
    }

    @Override
    public Future<Reply<ReceiptStanding>> lookUpReceipt(Request request, String receiptNumber) {
        if (!ReceiptNumber.isValid(receiptNumber)) {
            throw Refusal.at("/path/receiptNumber", WaitingListProblem.RECEIPT_NUMBER_MISTYPED);
        }
        return standings
                .lookUp(receiptNumber, request.now())
                .map(WaitingListContract::receipt)
                .map(Reply::of);
    }

    @Override
    public Future<Reply<MyRegistration>> getMyRegistration(Request request, ResidentCaller caller, UUID applicationId) {
        return standings
                .mine(caller, applicationId, request.now())
                .map(mine -> WaitingListContract.mine(mine, request.language()))
                .map(Reply::of);
    }

    @Override
    public Future<Reply<MyRegistrationPage>> listMyRegistrations(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.own(caller.id(), cursors.uuid(OWN, cursor), limit + 1).map(found -> {
            var page = cursors.page(OWN, found, limit, last -> last.id());
            return Reply.of(new MyRegistrationPage(page.as(WaitingListContract::summary), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<RegistrationPage>> listRegistrations(
            Request request,
            AreaCaller caller,
            @Nullable String programme,
            Area area,
            @Nullable RegistrationState state,
            io.anju.api.model.@Nullable ExitType exitType,
            @Nullable String receiptNumber,
            @Nullable String receiptPrefix,
            @Nullable String category,
            @Nullable Integer householdSize,
            @Nullable Integer homeRooms,
            @Nullable String scoreFrom,
            @Nullable String scoreTo,
            @Nullable LocalDate registeredFrom,
            @Nullable LocalDate registeredTo,
            @Nullable String cursor,
            int limit) {
        var filter = new RegisterFilter(
                area,
                programme,
                state == null ? null : state.wire(),
                exitType == null ? null : exitType.wire(),
                receiptNumber,
                new Traits(
                        receiptPrefix,
                        category,
                        householdSize,
                        registeredFrom,
                        registeredTo,
                        new Place(homeRooms, points(scoreFrom), points(scoreTo))));
        var name = String.join("/", REGISTER, filter.name());
        return service.list(filter, cursors.uuid(name, cursor), limit).map(found -> Reply.of(page(found, name)));
    }

    private static @Nullable BigDecimal points(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private RegistrationPage page(RegisterStore.Found found, String name) {
        var next = found.next();
        return new RegistrationPage(
                found.listed().stream().map(WaitingListContract::registration).toList(),
                next == null ? null : cursors.seal(name, next));
    }

    @Override
    public Future<Reply<io.anju.api.model.Registration>> exitRegistration(
            Request request, AreaCaller caller, UUID registrationId, ExitRegistrationRequest body) {
        var reason = new Registration.Reason(body.finding(), body.basis(), body.evidenceNumber(), body.remedy());
        var exit = new RegistrationExit(
                Registration.ExitType.of(body.exitType().wire()),
                body.occurredOn(),
                reason,
                new Registration.Home(body.estateName(), body.homeRooms()));
        return once.run(
                request,
                tx -> service.exit(tx, caller, registrationId, exit, request.now())
                        .map(registration -> new Listed(registration, null))
                        .map(WaitingListContract::registration)
                        .map(Reply::of));
    }
}
