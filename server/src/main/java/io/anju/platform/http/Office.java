package io.anju.platform.http;

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
    /** Whether this office works at {@code level} and the area lies inside its own. */
    public boolean covers(String level, String areaCode) {
        return this.level.equals(level) && areaCode.startsWith(this.areaCode);
    }
}
