package io.anju.identity;

import com.nimbusds.jose.jwk.ECKey;
import io.anju.api.model.BoundIdentity;
import io.anju.api.model.LogInMethod;
import io.anju.api.model.Me;
import io.anju.api.model.MySession;
import io.anju.api.model.MySessionPage;
import io.anju.api.model.OfficeLevel;
import io.anju.api.model.PartnerToken;
import io.anju.api.model.Session;
import io.anju.api.model.SigningKey;
import io.anju.api.model.SigningKeySet;
import io.anju.api.model.StaffOffice;
import io.anju.api.model.StaffSession;
import io.anju.api.model.TokenType;
import io.anju.platform.crypto.Masking;
import io.anju.platform.http.Page;
import io.anju.platform.time.Shanghai;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The domain's types as the contract shows them: personal data masked. */
final class IdentityView {
    private IdentityView() {}

    static Session session(Tokens tokens) {
        return new Session(
                tokens.id(),
                tokens.accessToken(),
                TokenType.BEARER,
                tokens.expiresAt(),
                tokens.refreshToken(),
                tokens.refreshExpiresAt(),
                sorted(tokens.scopes()));
    }

    static StaffSession staffSession(Tokens tokens, Staff staff, boolean mustEnrolTotp) {
        var office = staff.office();
        return new StaffSession(
                tokens.id(),
                tokens.accessToken(),
                TokenType.BEARER,
                tokens.expiresAt(),
                tokens.refreshToken(),
                tokens.refreshExpiresAt(),
                sorted(tokens.scopes()),
                staff.id(),
                staff.displayName(),
                new StaffOffice(office.name(), OfficeLevel.of(office.level()), office.cityCode(), office.areaCode()),
                mustEnrolTotp,
                staff.mustChangePassword());
    }

    static PartnerToken partnerToken(AccessTokens.Signed token, Partner partner) {
        return new PartnerToken(
                token.token(),
                TokenType.BEARER,
                token.expiresAt(),
                sorted(partner.scopes()),
                partner.agency().id());
    }

    static Me me(Resident resident) {
        return new Me(
                resident.id(),
                resident.logInKinds().stream()
                        .map(kind -> LogInMethod.of(kind.id()))
                        .toList(),
                resident.phone() == null ? null : PhoneNumbers.masked(resident.phone()),
                resident.person() == null ? null : bound(resident, null),
                resident.createdAt());
    }

    static MySessionPage sessions(Page<SessionStore.OwnSession> page, @Nullable UUID current) {
        return new MySessionPage(
                page.as(session -> new MySession(
                        session.id(),
                        io.anju.api.model.Device.of(session.device().id()),
                        session.kind().map(kind -> LogInMethod.of(kind.id())).orElse(null),
                        session.startedAt(),
                        Shanghai.date(session.lastUsedAt()),
                        session.id().equals(current))),
                page.nextCursor());
    }

    /** The person of an account that is bound. */
    /** Whoever took over an account on paper has no session any more, and logs in to it. */
    static BoundIdentity bound(Residents.Bound bound) {
        return bound(bound.resident(), bound.ended().isEmpty() ? null : true);
    }

    private static BoundIdentity bound(Resident resident, @Nullable Boolean logInAgain) {
        var person = resident.person();
        if (person == null) {
            throw new IllegalStateException("resident " + resident.id() + " is not bound");
        }
        return new BoundIdentity(
                Masking.name(person.name()), person.nationalId().masked(), person.boundAt(), logInAgain);
    }

    static SigningKeySet signingKeys(List<ECKey> keys) {
        return new SigningKeySet(keys.stream().map(IdentityView::signingKey).toList());
    }

    private static SigningKey signingKey(ECKey key) {
        return new SigningKey(
                key.getKeyType().getValue(),
                key.getCurve().getName(),
                key.getKeyID(),
                key.getKeyUse().identifier(),
                key.getAlgorithm().getName(),
                key.getX().toString(),
                key.getY().toString());
    }

    private static List<String> sorted(Collection<String> scopes) {
        return scopes.stream().sorted().toList();
    }
}
