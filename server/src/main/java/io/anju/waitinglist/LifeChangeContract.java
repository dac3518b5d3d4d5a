package io.anju.waitinglist;

import io.anju.api.model.EligibilityMember;
import io.anju.api.model.LifeChanges;
import io.anju.api.model.SpecialGroupCode;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.policy.Sex;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** A household's next facts, from the contract's form. */
public final class LifeChangeContract {
    private LifeChangeContract() {}

    public static LifeChange read(LifeChanges said) {
        var members = said.members();
        var area = said.ownedAreaSqm();
        var groups = said.specialGroups();
        var category = said.category();
        return new LifeChange(
                said.areaCode(),
                category == null ? null : category.wire(),
                members == null
                        ? null
                        : members.stream().map(LifeChangeContract::person).toList(),
                area == null ? null : new BigDecimal(area),
                said.monthlyIncomeFen(),
                said.assetsFen(),
                groups == null
                        ? null
                        : groups.stream().map(SpecialGroupCode::wire).collect(Collectors.toUnmodifiableSet()));
    }

    private static Person person(EligibilityMember member) {
        var sex = member.sex();
        return new Person(
                Relation.valueOf(member.relation().name()),
                member.birthDate(),
                member.hukouCityCode(),
                member.hukouSince(),
                sex == null ? null : Sex.valueOf(sex.name()));
    }
}
