package io.anju.platform.http;

import java.util.Map;

/**
 * The office that a member of staff acts for.
 *
 * @param cityCode six digits, GB/T 2260
 * @param level {@code community}, {@code street}, {@code civil-affairs}, {@code district} or {@code city}
 * @param areaCode what it is in charge of: 12 digits for a community, 9 for a street, 6 for a district or civil affairs,
 *     4 for a city
 * @param name as shown in timelines
 */
public record Office(String cityCode, String level, String areaCode, String name) {
    private static final Map<String, Integer> AREA_DIGITS =
            Map.of("community", 12, "street", 9, "civil-affairs", 6, "district", 6, "city", 4);

    /** The area whose office of this level is in charge of a community (12 digits). */
    public static String areaOf(String level, String communityCode) {
        var digits = AREA_DIGITS.get(level);
        if (digits == null) {
            throw new IllegalArgumentException("no office has the level " + level);
        }
        return communityCode.substring(0, digits);
    }

    /** Whether its work is that of the whole city. */
    public boolean isOfCity() {
        return level.equals("city");
    }

    /** Whether this is the office of the city at this level in charge of exactly this area. */
    public boolean is(String cityCode, String level, String areaCode) {
        return this.cityCode.equals(cityCode) && this.level.equals(level) && this.areaCode.equals(areaCode);
    }

    /** Whether this office works at {@code level} and the area lies inside its own. */
    public boolean covers(String level, String areaCode) {
        return this.level.equals(level) && areaCode.startsWith(this.areaCode);
    }
}
