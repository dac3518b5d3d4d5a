package io.anju.complaint;

import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Office;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member of staff may see, in one place: every query on behalf of staff begins with {@link #MAY_SEE} and its
 * values.
 *
 * <p>Of a report nobody sees anything whom it names: as a person, by name, or by the office they act for, whatever their
 * roles are. Until intake has accepted it or sent it on, only intake and supervision see it at all.
 *
 * @param wide intake or supervision: sees all of its area
 * @param nameKey keyed fingerprint of the name on the account
 */
record Sight(Office office, boolean wide, UUID staffId, Buffer nameKey) {
    static final String INTAKE = "staff.complaint-intake";
    static final String SUPERVISION = "staff.supervision";

    /** The first of the values that a query of its own may use. */
    static final int FIRST_FREE = 7;

    /** True of the rows {@code c} of {@code complaint.complaint} that may be seen; takes {@code $1} to {@code $6}. */
    static final String MAY_SEE = """
                   c.city_code = $1
               AND (($2::boolean AND starts_with(c.area_code, $4))
                    OR (c.office_level = $3 AND c.area_code = $4)
                    OR EXISTS (SELECT
                                 FROM complaint.joint_office AS j
                                WHERE j.complaint_id = c.id AND j.office_level = $3 AND j.area_code = $4))
               AND (c.kind <> 'report'
                    OR (($2::boolean OR c.bound OR c.state <> 'received')
                        AND NOT EXISTS (SELECT
                                          FROM complaint.named AS n
                                         WHERE n.complaint_id = c.id
                                           AND (n.staff_id = $5
                                                OR n.name_key = $6
                                                OR (n.office_level = $3 AND n.area_code = $4)))))
            """;

    static Sight of(AreaCaller caller, Buffer nameKey) {
        var scopes = caller.scopes();
        return new Sight(
                caller.office(), scopes.contains(INTAKE) || scopes.contains(SUPERVISION), caller.id(), nameKey);
    }

    /** The values of {@link #MAY_SEE}, and those of the query after them. */
    @Nullable
    Object[] with(@Nullable Object... more) {
        var all = new @Nullable Object[FIRST_FREE - 1 + more.length];
        all[0] = office.cityCode();
        all[1] = wide;
        all[2] = office.level();
        all[3] = office.areaCode();
        all[4] = staffId;
        all[5] = nameKey;
        System.arraycopy(more, 0, all, FIRST_FREE - 1, more.length);
        return all;
    }
}
