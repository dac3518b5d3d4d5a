package io.anju.sandbox;

import io.anju.identity.NationalId;
import io.anju.identity.Sex;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Makes people who do not exist: names of common characters, national IDs with a right check digit, each ID once.
 *
 * <p>The three digits that number the births of a day are taken below {@value #FIRST_WALK_IN} for the city's people and
 * from there on for those who are made later, so that the two never meet.
 */
final class CityPeople {
    static final int FIRST_WALK_IN = 900;

    private static final int BIRTH_NUMBERS = 1_000;
    private static final List<String> SURNAMES = List.of(
            "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
            "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕");
    private static final List<String> GIVEN = List.of(
            "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平", "刚",
            "桂", "英", "华", "玉", "兰", "春", "梅", "海", "燕", "建", "国", "志", "文", "晓", "东", "雪", "峰", "小", "红");

    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** Who a member of a household is, before the household says anything else about them. */
    record Person(String name, String surname, String nationalId, Sex sex, LocalDate birthDate) {}

    static String surname(RandomGenerator random) {
        return SURNAMES.get(random.nextInt(SURNAMES.size()));
    }

    /** Someone of the city, born on this day in this district. */
    Person person(RandomGenerator random, String surname, Sex sex, LocalDate birthDate, String districtCode) {
        return person(random, surname, sex, birthDate, districtCode, 0, FIRST_WALK_IN);
    }

    /** Someone whom the city's own people can never be. */
    Person walkIn(RandomGenerator random, Sex sex, LocalDate birthDate, String districtCode) {
        return person(random, surname(random), sex, birthDate, districtCode, FIRST_WALK_IN, BIRTH_NUMBERS);
    }

    private Person person(
            RandomGenerator random,
            String surname,
            Sex sex,
            LocalDate birthDate,
            String districtCode,
            int fromNumber,
            int toNumber) {
        var name = new StringBuilder(surname).append(given(random));
        if (random.nextInt(10) < 7) {
            name.append(given(random));
        }
        var nationalId = nationalId(random, sex, birthDate, districtCode, fromNumber, toNumber);
        return new Person(name.toString(), surname, nationalId, sex, birthDate);
    }

    private static String given(RandomGenerator random) {
        return GIVEN.get(random.nextInt(GIVEN.size()));
    }

    private String nationalId(
            RandomGenerator random, Sex sex, LocalDate birthDate, String districtCode, int fromNumber, int toNumber) {
        var day = districtCode + birthDate.format(DateTimeFormatter.BASIC_ISO_DATE);
        int pairs = (toNumber - fromNumber) / 2;
        int first = random.nextInt(pairs);
        // the number is odd for men and even for women; a day that is full would need hundreds of births
        for (int i = 0; i < pairs; i++) {
            int number = fromNumber + 2 * ((first + i) % pairs) + (sex == Sex.MALE ? 1 : 0);
            var first17 = day + "%03d".formatted(number);
            var candidate = first17 + NationalId.checkCharacter(first17);
            if (taken.add(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("nobody else can be born on " + birthDate + " in " + districtCode);
    }
}
