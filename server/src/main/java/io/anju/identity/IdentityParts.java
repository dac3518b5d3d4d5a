package io.anju.identity;

import io.anju.platform.crypto.SlowHash;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.function.Supplier;

/** What this room consists of; its Apis work with the parts, other rooms with {@link IdentityService}. */
record IdentityParts(
        Accounts accounts,
        Limits limits,
        SecondStep secondStep,
        SigningKeys keys,
        EndedSessions endedSessions,
        TokenAuthenticator authenticator,
        Sessions sessions,
        OneTimeCodes codes,
        PartnerAssertions assertions,
        PartnerDesk partners,
        LogIns logIns,
        LogInMethods logInMethods,
        WeChatAccessClient weChat,
        TakeOver takeOver,
        StaffAccounts staffAccounts,
        StaffDesk staffDesk,
        SessionDesk sessionDesk) {

    /** @param files who keeps the residents' files; asked for when it is needed */
    static IdentityParts of(Vertx vertx, Db db, Vault vault, IdentitySettings settings, Supplier<ResidentFiles> files) {
        var limits = new Limits(vault);
        var secondStep = new SecondStep(db, vault, limits, settings.totpRoles());
        var accounts = new Accounts(vault, secondStep);
        var passwords = new SlowHash(vertx, "passwords");
        var keys = new SigningKeys(db, vault);
        var ended = new EndedSessions(db);
        var tokens = new AccessTokens(keys, settings.issuer());
        var sessions = new Sessions(db, vault, tokens, accounts, ended, limits);
        var codes = new OneTimeCodes(db, vault, limits, new SmsGatewayClient(vertx, settings.sms()));
        var assertions = new PartnerAssertions(db, settings.issuer());
        var weChat = new WeChatClient(vertx, settings.weChat());
        var staffAccounts = new StaffAccounts(db, passwords, limits, sessions);
        var joining = new Joining(sessions, files);
        return new IdentityParts(
                accounts,
                limits,
                secondStep,
                keys,
                ended,
                new TokenAuthenticator(db, tokens, ended),
                sessions,
                codes,
                assertions,
                new PartnerDesk(db, sessions),
                new LogIns(
                        db,
                        accounts,
                        sessions,
                        limits,
                        passwords,
                        weChat,
                        weChat.phones(),
                        codes,
                        secondStep,
                        assertions),
                new LogInMethods(accounts, vault, joining),
                weChat.access(),
                new TakeOver(joining),
                staffAccounts,
                new StaffDesk(db, accounts, passwords, staffAccounts, secondStep, sessions),
                new SessionDesk(db, accounts, sessions));
    }

    /** Forgets what has been over for long. */
    Future<Void> purge(Db db, Instant now) {
        return limits.purge(db, now)
                .compose(done -> codes.purge(now))
                .compose(done -> sessions.purge(now))
                .compose(done -> assertions.purge(now));
    }
}
