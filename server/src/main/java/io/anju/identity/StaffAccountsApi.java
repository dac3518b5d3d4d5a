package io.anju.identity;

import io.anju.api.StaffAccountsOperations;
import io.anju.api.model.ChangeMyPasswordRequest;
import io.anju.api.model.CreateStaffAccountRequest;
import io.anju.api.model.EndResidentSessionsRequest;
import io.anju.api.model.OfficeLevel;
import io.anju.api.model.OneTimePassword;
import io.anju.api.model.StaffAccount;
import io.anju.api.model.StaffAccountPage;
import io.anju.api.model.StaffAccountReason;
import io.anju.api.model.StaffOffice;
import io.anju.api.model.StaffRecord;
import io.anju.api.model.StaffRecordPage;
import io.anju.api.model.UpdateStaffRolesRequest;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accounts of staff over HTTP, for their administrators and auditors. */
public final class StaffAccountsApi implements StaffAccountsOperations {
    private static final String ACCOUNTS = "listStaffAccounts";
    private static final String RECORDS = "listStaffRecords/";

    private final StaffAccounts accounts;
    private final Sessions sessions;
    private final SessionDesk desk;
    private final Once once;
    private final Cursors cursors;

    public StaffAccountsApi(IdentityService service, Once once, Cursors cursors) {
        var parts = service.parts();
        this.accounts = parts.staffAccounts();
        this.sessions = parts.sessions();
        this.desk = parts.sessionDesk();
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<StaffAccountPage>> listStaffAccounts(
            Request request, AreaCaller caller, @Nullable String cursor, int limit) {
        var before = cursors.uuid(ACCOUNTS, cursor);
        return accounts.list(caller, before, limit + 1).map(found -> {
            var page = cursors.page(ACCOUNTS, found, limit, last -> last.staff().id());
            return Reply.of(new StaffAccountPage(page.as(StaffAccountsApi::view), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<OneTimePassword>> createStaffAccount(
            Request request, AreaCaller caller, CreateStaffAccountRequest body, Area area) {
        var asked = new StaffAccounts.Asked(
                body.username(),
                body.displayName(),
                area,
                body.officeLevel().wire(),
                body.officeName(),
                roles(body.roles()));
        return once.run(
                request,
                accounts::newPassword,
                (tx, password) -> accounts.create(tx, caller, asked, password, request.now())
                        .map(id -> handedOver(id, password, request)));
    }

    @Override
    public Future<Reply<StaffAccount>> updateStaffRoles(
            Request request, AreaCaller caller, UUID staffId, UpdateStaffRolesRequest body) {
        var roles = roles(body.roles());
        return sessions.ending(over -> once.run(
                request,
                tx -> accounts.setRoles(tx, caller, staffId, roles, body.reason(), request.now())
                        .map(changed -> changed(over, changed))));
    }

    @Override
    public Future<Reply<OneTimePassword>> resetStaffPassword(
            Request request, AreaCaller caller, UUID staffId, StaffAccountReason body) {
        return sessions.ending(over -> once.run(
                request,
                accounts::newPassword,
                (tx, password) -> accounts.resetPassword(tx, caller, staffId, password, body.reason(), request.now())
                        .map(changed -> {
                            over.addAll(changed.ended());
                            return handedOver(staffId, password, request);
                        })));
    }

    @Override
    public Future<Reply<StaffAccount>> disableStaffAccount(
            Request request, AreaCaller caller, UUID staffId, StaffAccountReason body) {
        return setEnabled(request, caller, staffId, false, body.reason());
    }

    @Override
    public Future<Reply<StaffAccount>> enableStaffAccount(
            Request request, AreaCaller caller, UUID staffId, StaffAccountReason body) {
        return setEnabled(request, caller, staffId, true, body.reason());
    }

    @Override
    public Future<Reply<Void>> endStaffSessions(
            Request request, AreaCaller caller, UUID staffId, StaffAccountReason body) {
        return sessions.ending(over -> once.run(
                request,
                tx -> accounts.endSessions(tx, caller, staffId, body.reason(), request.now())
                        .map(changed -> {
                            over.addAll(changed.ended());
                            return Reply.empty();
                        })));
    }

    @Override
    public Future<Reply<Void>> endResidentSessions(
            Request request, AccountCaller caller, EndResidentSessionsRequest body) {
        var person = SessionDesk.Person.of(body.realName(), body.nationalId(), Shanghai.date(request.now()));
        return sessions.ending(over -> once.run(
                request,
                tx -> desk.endOfPerson(tx, caller, person, body.reason(), request.now())
                        .onSuccess(over::addAll)
                        .map(Reply.empty())));
    }

    private Future<Reply<StaffAccount>> setEnabled(
            Request request, AreaCaller caller, UUID staffId, boolean enabled, String reason) {
        return sessions.ending(over -> once.run(
                request,
                tx -> accounts.setEnabled(tx, caller, staffId, enabled, reason, request.now())
                        .map(changed -> changed(over, changed))));
    }

    @Override
    public Future<Reply<Void>> changeMyPassword(Request request, AccountCaller caller, ChangeMyPasswordRequest body) {
        return sessions.ending(over -> once.run(
                request,
                () -> accounts.check(
                        caller, body.password(), body.newPassword(), request.remoteAddress(), request.now()),
                (tx, choice) -> accounts.choose(tx, caller, choice, request.now())
                        .onSuccess(over::addAll)
                        .map(Reply.empty())));
    }

    @Override
    public Future<Reply<StaffRecordPage>> listStaffRecords(
            Request request, AreaCaller caller, @Nullable UUID staffId, @Nullable String cursor, int limit) {
        var name = RECORDS + (staffId == null ? "" : staffId);
        var before = cursors.number(name, cursor);
        return accounts.records(caller, staffId, before, limit + 1).map(found -> {
            var page = cursors.page(name, found, limit, last -> last.id());
            return Reply.of(new StaffRecordPage(page.as(StaffAccountsApi::view), page.nextCursor()));
        });
    }

    private static Reply<OneTimePassword> handedOver(UUID id, StaffAccounts.HandedOver password, Request request) {
        return Reply.of(new OneTimePassword(id, password.password(), StaffAccounts.goodUntil(request.now())));
    }

    private static Reply<StaffAccount> changed(Queue<UUID> over, StaffAccounts.Changed changed) {
        over.addAll(changed.ended());
        return Reply.of(view(changed.account()));
    }

    private static Set<Role> roles(List<String> given) {
        return given.stream()
                .map(role -> Role.find(role).orElseThrow(() -> Refusal.at("/roles", IdentityProblem.ROLE_UNKNOWN)))
                .collect(Collectors.toSet());
    }

    private static StaffAccount view(StaffAccountStore.Account account) {
        var staff = account.staff();
        var office = staff.office();
        return new StaffAccount(
                staff.id(),
                staff.username(),
                staff.displayName(),
                new StaffOffice(office.name(), OfficeLevel.of(office.level()), office.cityCode(), office.areaCode()),
                staff.roles().stream().map(Role::id).sorted().toList(),
                account.enabled(),
                staff.hasTotp(),
                account.createdAt());
    }

    private static StaffRecord view(StaffAccountStore.Done done) {
        return new StaffRecord(
                Long.toString(done.id()),
                done.at(),
                done.staffId(),
                done.office(),
                done.action(),
                done.subjectType(),
                done.subjectId(),
                done.reason());
    }
}
