use super::{
    VerdictStatus::{Compliant, NotAssessed, NotCompliant},
    *,
};

fn standing(code: &str, status: Option<VerdictStatus>) -> Standing {
    Standing {
        municipality: code.to_owned(),
        name: code.to_owned(),
        verdict: status.map(|status| Judged {
            status,
            since: None,
            judged_from: None,
            provisional: status != VerdictStatus::NotAssessed,
        }),
        by_region: None,
        submission: status.map(|status| match status {
            VerdictStatus::NotAssessed => Submission::Missing,
            _ => Submission::OnTime,
        }),
        wait: None,
        queued: false,
    }
}

fn area(code: &str, municipality: &str) -> (String, String, String) {
    (code.to_owned(), code.to_owned(), municipality.to_owned())
}

#[test]
fn a_group_is_counted_for_whoever_sees_all_of_it() {
    let standings = [
        standing("A", Some(Compliant)),
        standing("B", Some(NotAssessed)),
        standing("C", None),
    ];
    let found = groups(
        [area("X", "A"), area("X", "B"), area("Y", "C")],
        codes(&standings),
    );
    assert_eq!(found[0].verdicts(&standings), Some(Verdicts([1, 0, 0, 1])));
    assert_eq!(
        found[0]
            .submissions(&standings)
            .map(|s| (s.received(), s.missing, s.expected())),
        Some((1, 1, 2))
    );
    assert!(found[0].is_provisional(&standings));
    assert_eq!(found[1].verdicts(&standings), None);
    assert_eq!(Group::country(&standings).verdicts(&standings), None);
    assert_eq!(
        Group::country(&standings[..2]).verdicts(&standings),
        Some(Verdicts([1, 0, 0, 1]))
    );
}

#[test]
fn whoever_knows_its_own_verdict_knows_another_by_a_count_that_is_almost_uniform() {
    for (counts, expected) in [
        ([0, 6, 0, 0], true),
        ([1, 5, 0, 0], true),
        ([5, 1, 0, 0], true),
        ([0, 2, 4, 0], false),
        ([1, 2, 4, 0], false),
        // Among the assessed.
        ([2, 4, 0, 0], true),
        ([1, 1, 4, 0], true),
        ([0, 0, 0, 0], true),
    ] {
        assert_eq!(Verdicts(counts).is_almost_uniform(), expected, "{counts:?}");
    }
}

#[test]
fn what_is_in_no_area_is_a_group_of_its_own_and_two_areas_overlap() {
    let standings = [standing("A", None), standing("B", None)];
    let found = groups([area("X", "A")], codes(&standings));
    assert_eq!((found[1].code.as_str(), found[1].members.len()), (REST, 1));
    assert!(!overlap(&found));
    assert!(overlap(&groups(
        [area("X", "A"), area("Y", "A")],
        codes(&standings)
    )));
}

#[test]
fn whoever_counts_by_its_region_counts_as_compliant_whatever_its_own_verdict_is() {
    let by_region = |code, status| Standing {
        by_region: Some(ByRegion { provisional: true }),
        ..standing(code, status)
    };
    let standings = [
        by_region("A", Some(NotAssessed)),
        by_region("B", Some(NotCompliant)),
        standing("C", Some(NotAssessed)),
        standing("D", Some(Compliant)),
    ];
    let country = Group::country(&standings);
    assert_eq!(country.verdicts(&standings), Some(Verdicts([1, 0, 0, 3])));
    assert_eq!(
        standings[0].verdict.map(|own| own.status),
        Some(NotAssessed)
    );
    assert!(Group::country(&standings[..1]).is_provisional(&standings[..1]));
    assert!(!Group::country(&standings[2..3]).is_provisional(&standings[2..3]));
    // Whose verdict is not seen does not count for the reader.
    assert_eq!(by_region("E", None).counted(), None);
}
