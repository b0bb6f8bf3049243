//! Proves a chapter's exercises: the skeleton fails its check, the solution passes, every
//! wrong answer is rejected as it declares. Each variant runs in a child process of this
//! very binary, within limits.

use gradus_course::control::Control;
use gradus_course::judge::Role;
use gradus_course::supervise::{self, Limits};
use gradus_course::{Course, Exercise};
use gradus_exercises::Variant;
use libtest_mimic::{Arguments, Failed, Trial};

/// Runs one variant if the supervisor asks for it, all of them as tests otherwise.
pub fn main(chapter: &str, table: Vec<Variant>) {
    if std::env::var_os(gradus_course::verdict::EVENTS).is_some() {
        return gradus_exercises::main(table);
    }
    let course = Course::find().expect("the tests run inside the checkout");
    let exercises = course.exercises();
    let role = |name: &str| {
        let (exercise, variant) = name.split_once('/').expect("EXERCISE/VARIANT");
        let exercise = exercises
            .iter()
            .find(|e| e.name == exercise && e.chapter == chapter)
            .expect("it is listed");
        role(exercise, variant)
    };
    let trials = table.iter().map(|variant| {
        let (name, role) = (variant.name(), role(variant.name()));
        Trial::test(name, move || try_one(name, &role))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit()
}

fn role(exercise: &Exercise, variant: &str) -> Role {
    match variant {
        "skeleton" => Role::Skeleton,
        "solution" => Role::Solution,
        wrong => {
            let wrong = wrong.trim_start_matches("wrong/");
            let all = exercise.wrong_answers().expect("the build script has read them");
            Role::Wrong(
                all.into_iter()
                    .find(|answer| answer.name == wrong)
                    .expect("it is listed")
                    .declaration,
            )
        }
    }
}

fn try_one(name: &str, role: &Role) -> Result<(), Failed> {
    let (own, limits) = (std::env::current_exe()?, Limits::default());
    let run = supervise::run(&own, &[name], limits, &Control::default())?;
    role.judge(&run).map_err(|message| format!("{message}\n{}", run.output).into())
}
