"""What an insight says of the team: never of one of them."""

from sqlalchemy.orm import Session

from data.models import Person, Team, TeamMembership
from domain.records import Role
from services.access import viewer
from services.insights import insights_of
from tests import builders
from tests.services.insights.facts import DAY, LATELY, NOW, TODAY, colleagues, contacted, rules


class TestWhatIsSaidOfTheTeam:
    """Medians of all others together, and only where nobody can be made out."""

    def test_five_others_with_enough_leads_are_a_team(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 5)
        (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
        assert "about 1.0 h (60 leads)" in insight.sentence
        assert "5 agents" in insight.evidence

    def test_four_others_are_not(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 4, leads=40)
        assert rules(session, ada, ada) == []

    def test_one_of_them_with_more_than_half_of_the_leads_would_be_made_out(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        (first, *_) = colleagues(session, team, 5)
        contacted(session, first, 3600, 60)
        assert rules(session, ada, ada) == []

    def test_other_teams_and_days_spent_on_them_do_not_count(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 4)
        colleagues(session, builders.team(session), 3)
        late = builders.person(session, on=team, since=LATELY.start + DAY)
        contacted(session, late, 3600, 12)
        assert rules(session, ada, ada) == []

    def test_without_a_team_nobody_is_compared(self, session: Session, team: Team) -> None:
        colleagues(session, team, 6)
        loner = builders.person(session)
        contacted(session, loner, 4 * 3600, 20)
        assert rules(session, loner, loner) == []

    def test_no_name_id_or_exact_figure_of_a_colleague_is_in_it(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 9 * 3600, 20)
        others = colleagues(session, team, 6, seconds=4321)
        told = repr(insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW))
        assert "72 leads" in told
        for each in others:
            assert each.name not in told
        assert "4321" not in told

    def test_a_manager_learns_nothing_of_a_team_they_do_not_manage(self, session: Session, team: Team, ada: Person) -> None:
        contacted(session, ada, 4 * 3600, 20)
        colleagues(session, team, 6)
        other = builders.team(session)
        membership = session.query(TeamMembership).filter_by(person_id=ada.id).one()
        membership.until_on = TODAY
        session.flush()
        session.add(TeamMembership(person_id=ada.id, team_id=other.id, from_on=TODAY))
        session.flush()
        boss, admin = builders.manager(session, of=other), builders.person(session, role=Role.ADMIN)
        assert rules(session, boss, ada) == []
        assert rules(session, admin, ada) == ["team_response"]
