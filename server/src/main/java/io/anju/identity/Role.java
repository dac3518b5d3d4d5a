package io.anju.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a member of staff does, and the scopes that this needs. */
public enum Role {
    /** Works through review tasks (审核) and reads the files they are about. */
    REVIEWER("staff.tasks", "staff.files"),
    /** Publishes lists and decides objections (公示). */
    PUBLICITY_CLERK("staff.publicity"),
    /** Keeps the waiting list (轮候册). */
    REGISTRAR("staff.register"),
    /** Keeps homes and leases (租赁合同). */
    LEASE_CLERK("staff.leases"),
    /** Bills rent, corrects bills and follows up arrears (租金). */
    RENT_CLERK("staff.rent"),
    /** Looks payments up and decides on refunds (收费). */
    CASHIER("staff.payments"),
    /** Compares payment channels' bills with what is held, and resolves the differences, those that channels tell too (对账). */
    RECONCILER("staff.reconciliation"),
    /** Proposes rules, decides on colleagues' proposals and simulates what they would change (政策). */
    POLICY_OFFICER("staff.policies"),
    /** Answers complaints (投诉、举报、信访) of one's own office. */
    COMPLAINT_HANDLER("staff.complaints"),
    /** The front desk (受理): records proxies, answers corrections, takes complaints in and routes them; sees who reported. */
    INTAKE("staff.complaints", "staff.complaint-intake", "staff.reporters", "staff.intake"),
    /** Gives leave, presses for answers (督办) and watches over the clocks; sees who reported. */
    SUPERVISION("staff.complaints", "staff.supervision", "staff.reporters"),
    /** Reads what staff of the own area did, and the ledger (审计), and does nothing else. */
    AUDITOR("staff.audit", "staff.ledger"),
    /** Looks after the accounts of staff of the own area (账号管理). */
    ADMINISTRATOR("staff.accounts");

    /** What every member of staff may do. */
    static final String OWN_ACCOUNT = "staff.account";

    private final Set<String> scopes;

    Role(String... scopes) {
        this.scopes = Set.of(scopes);
    }

    /** The name that the database keeps. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Role> find(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }

    static Role of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public static Set<String> scopesOf(Collection<Role> roles) {
        var scopes = new TreeSet<String>();
        scopes.add(OWN_ACCOUNT);
        roles.forEach(role -> scopes.addAll(role.scopes));
        return scopes;
    }
}
