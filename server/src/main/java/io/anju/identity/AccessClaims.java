package io.anju.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a session allows, as claims of a token and back. */
final class AccessClaims {
    private static final String SCOPE = "scope";
    private static final String CLIENT = "client_id";
    private static final String OFFICE = "office";
    private static final String AGENCY = "agency";
    private static final String CITY = "city";
    private static final String LEVEL = "level";
    private static final String AREA = "area";
    private static final String NAME = "name";
    private static final String ID = "id";

    private AccessClaims() {}

    static JWTClaimsSet.Builder write(Grant grant) {
        var claims = new JWTClaimsSet.Builder()
                .subject(grant.subjectId().toString())
                .audience(grant.audience().id())
                .claim(CLIENT, grant.clientId())
                .claim(SCOPE, String.join(" ", grant.scopes()));
        var office = grant.office();
        if (office != null) {
            claims.claim(
                    OFFICE,
                    Map.of(
                            CITY, office.cityCode(),
                            LEVEL, office.level(),
                            AREA, office.areaCode(),
                            NAME, office.name()));
        }
        var agency = grant.agency();
        if (agency != null) {
            claims.claim(AGENCY, Map.of(CITY, agency.cityCode(), ID, agency.id()));
        }
        return claims;
    }

    /**
     * Reads claims that carry our signature; throws {@link ParseException} or {@link IllegalArgumentException} where
     * they are not of the form that {@link #write} gives.
     */
    static Grant read(JWTClaimsSet claims) throws ParseException {
        var audiences = claims.getAudience();
        if (audiences.size() != 1) {
            throw new ParseException("one audience", 0);
        }
        var audience = Audience.of(audiences.get(0));
        var scopes = scopes(text(claims, SCOPE));
        if (!scopes.stream().allMatch(scope -> scope.startsWith(audience.id() + "."))) {
            throw new ParseException("scope of another audience", 0);
        }
        return new Grant(
                audience,
                UUID.fromString(text(claims, "sub")),
                text(claims, CLIENT),
                scopes,
                office(claims.getJSONObjectClaim(OFFICE)),
                agency(claims.getJSONObjectClaim(AGENCY)));
    }

    static String text(JWTClaimsSet claims, String name) throws ParseException {
        var value = claims.getStringClaim(name);
        if (value == null) {
            throw new ParseException(name, 0);
        }
        return value;
    }

    private static Set<String> scopes(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }

    private static @Nullable Office office(@Nullable Map<String, Object> claim) {
        return claim == null
                ? null
                : new Office(field(claim, CITY), field(claim, LEVEL), field(claim, AREA), field(claim, NAME));
    }

    private static @Nullable Agency agency(@Nullable Map<String, Object> claim) {
        return claim == null ? null : new Agency(field(claim, CITY), field(claim, ID));
    }

    private static String field(Map<String, Object> claim, String name) {
        if (claim.get(name) instanceof String value) {
            return value;
        }
        throw new IllegalArgumentException(name);
    }
}
