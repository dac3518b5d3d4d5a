package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the city's own files say about a case, beside what the household declares.
 *
 * @param appliedOn day on which the application was handed in; null before
 * @param earlierQualifiedOn day of an older qualification that the city still recognises; null for none
 * @param waiverCount offers that the household has refused (弃选、弃签)
 * @param deceitFoundOn day on which deceit was last established; null for never
 * @param districtCode district of the community that the household lives in, 6 digits; null when unknown
 */
public record CaseFacts(
        @Nullable LocalDate appliedOn,
        @Nullable LocalDate earlierQualifiedOn,
        int waiverCount,
        @Nullable LocalDate deceitFoundOn,
        @Nullable String districtCode) {

    /** Nothing is on file. */
    public static final CaseFacts NONE = new CaseFacts(null, null, 0, null, null);

    public CaseFacts {
        if (waiverCount < 0) {
            throw new IllegalArgumentException("a number of refused offers is never negative");
        }
    }

    public CaseFacts appliedOn(LocalDate day) {
        return new CaseFacts(day, earlierQualifiedOn, waiverCount, deceitFoundOn, districtCode);
    }

    /** With so many refused offers more. */
    public CaseFacts moreWaivers(int more) {
        return more == 0
                ? this
                : new CaseFacts(appliedOn, earlierQualifiedOn, waiverCount + more, deceitFoundOn, districtCode);
    }

    /** In another community. */
    public CaseFacts movedTo(String areaCode) {
        return new CaseFacts(appliedOn, earlierQualifiedOn, waiverCount, deceitFoundOn, areaCode.substring(0, 6));
    }

    public CaseFacts earlierQualifiedOn(@Nullable LocalDate day) {
        return new CaseFacts(appliedOn, day, waiverCount, deceitFoundOn, districtCode);
    }

    /** In the district of this community, street or district. */
    public static CaseFacts inArea(String areaCode) {
        return new CaseFacts(null, null, 0, null, areaCode.substring(0, 6));
    }
}
