package io.anju.contract;

import io.anju.identity.Role;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A token of each audience with all of its scopes, those of each role alone, and some with as few as can be had. */
final class Tokens {
    /** Scopes that an account of the audience has whatever its roles are. */
    private static final Set<String> OF_EVERYONE = Set.of("staff.account");

    private final Map<String, String> full;
    private final Map<String, String> bare;
    private final Map<Role, String> roles;

    private Tokens(Map<String, String> full, Map<String, String> bare, Map<Role, String> roles) {
        this.full = full;
        this.bare = bare;
        this.roles = roles;
    }

    static Tokens issue(Anju anju) {
        var people = anju.people();
        var office = new Office("370200", "city", "3702", "测试市");
        var agency = new Agency("370200", "housing");
        var roles = new EnumMap<Role, String>(Role.class);
        for (Role role : Role.values()) {
            roles.put(role, people.staff(office, Set.of(role)));
        }
        return new Tokens(
                Map.of(
                        "resident", people.resident(),
                        "staff", people.staff(office, EnumSet.allOf(Role.class)),
                        "partner",
                                people.partner(
                                        agency, Contract.scopesOf("partner").toArray(String[]::new))),
                // residents always hold every scope of theirs
                Map.of("staff", people.staff(office, Set.of()), "partner", people.partner(agency)),
                roles);
    }

    Set<String> audiences() {
        return full.keySet();
    }

    /** A token that may call the operation. */
    String right(ContractOperation operation) {
        var audience = operation.audience();
        return get(audience == null ? "resident" : audience);
    }

    String get(String audience) {
        return Objects.requireNonNull(full.get(audience));
    }

    /** Tokens that lack a scope of the operation: those of other audiences, and those with too few. */
    Map<String, String> wrong(ContractOperation operation) {
        var audience = operation.audience();
        var wrong = new TreeMap<String, String>();
        full.forEach((name, token) -> {
            if (!name.equals(audience)) {
                wrong.put(name, token);
            }
        });
        roles.forEach((role, token) -> {
            if (!Role.scopesOf(Set.of(role)).containsAll(operation.scopes())) {
                wrong.put("role " + role, token);
            }
        });
        if (audience != null && bare.containsKey(audience) && !OF_EVERYONE.containsAll(operation.scopes())) {
            wrong.put(audience + " without the scope", Objects.requireNonNull(bare.get(audience)));
        }
        return wrong;
    }
}
