//! `stm token`: a token of the development issuer, to try the service as somebody.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{CliError, print, private};
use crate::config::Config;
use auth::{DevIssuer, TokenRequest};
use domain::{
    actor::{PartnerKey, Role},
    clock::Clock,
    territory::{AreaCode, MunicipalityCode},
};

/// Seconds of an hour.
const HOUR: i64 = 60 * 60;

/// For whom the token is, and for how long.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Role of the bearer; each of the first three also needs its organisation, below
    #[arg(long, value_enum)]
    role: RoleName,
    /// CBS code of a municipality, like GM0402; with role municipality, once for each municipality
    /// served
    #[arg(long, value_name = "CODE", value_parser = municipality)]
    municipality: Vec<MunicipalityCode>,
    /// Code of the area of a reporting region, like VR14; with role region
    #[arg(long, value_name = "CODE", value_parser = area)]
    area: Option<AreaCode>,
    /// Key of a partner of the plan, like comensha; with role partner
    #[arg(long, value_name = "KEY", value_parser = partner)]
    partner: Option<PartnerKey>,
    /// Name of the person; the ledger keeps a pseudonym of it
    #[arg(
        long,
        value_name = "NAME",
        default_value = "developer",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    subject: String,
    /// Hours that the token is valid, 1 to 720; a service takes those of at most STM_TOKEN_HOURS
    #[arg(
        long,
        value_name = "HOURS",
        default_value_t = 8,
        value_parser = clap::value_parser!(u16).range(1..=720)
    )]
    hours: u16,
}

/// A role that a token can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleName {
    /// Reports on its own policy; needs --municipality
    Municipality,
    /// Coordinates, and may report for its members; needs --area
    Region,
    /// Takes part in the plan; needs --partner
    Partner,
    /// The association of municipalities, owner of the framework
    Vng,
    /// The ministry of Justice and Security, owner of the plan
    Ministry,
}

/// Prints the token and nothing else, so that it can go straight into a variable.
pub(super) fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, CliError> {
    let request = TokenRequest {
        lifetime_seconds: i64::from(arguments.hours) * HOUR,
        subject: arguments.subject.clone(),
        role: role(arguments)?,
    };
    let issuer = DevIssuer::open(&private::data_dir(config)?)?;
    print(&(issuer.token(&request, &Clock::system())? + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// A role with exactly its own kind of organisation: the service would refuse any other token.
fn role(arguments: Arguments) -> Result<Role, CliError> {
    let Arguments {
        municipality,
        area,
        partner,
        ..
    } = arguments;
    match (arguments.role, municipality.is_empty(), area, partner) {
        (RoleName::Municipality, false, None, None) => Ok(Role::Municipality(municipality)),
        (RoleName::Region, true, Some(area), None) => Ok(Role::Region(area)),
        (RoleName::Partner, true, None, Some(partner)) => Ok(Role::Partner(partner)),
        (RoleName::Vng, true, None, None) => Ok(Role::Vng),
        (RoleName::Ministry, true, None, None) => Ok(Role::Ministry),
        (RoleName::Municipality, ..) => Err(CliError::Usage(
            "role municipality needs --municipality, and only that",
        )),
        (RoleName::Region, ..) => Err(CliError::Usage("role region needs --area, and only that")),
        (RoleName::Partner, ..) => Err(CliError::Usage(
            "role partner needs --partner, and only that",
        )),
        (RoleName::Vng | RoleName::Ministry, ..) => Err(CliError::Usage(
            "roles vng and ministry take no --municipality, --area or --partner",
        )),
    }
}

fn municipality(text: &str) -> Result<MunicipalityCode, &'static str> {
    MunicipalityCode::parse(text)
        .ok_or("a code of a municipality is GM and four digits, like GM0402")
}

fn area(text: &str) -> Result<AreaCode, &'static str> {
    AreaCode::parse(text).ok_or("a code of an area is two letters and two digits, like VR14")
}

fn partner(text: &str) -> Result<PartnerKey, &'static str> {
    PartnerKey::parse(text)
        .ok_or("a key of a partner is lower-case letters, digits and hyphens, like comensha")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn request_of(line: &str) -> Result<Role, String> {
        let line = Line::try_parse_from(format!("token {line}").split(' '))
            .map_err(|error| error.to_string())?;
        role(line.arguments).map_err(|error| error.to_string())
    }

    #[test]
    fn a_role_comes_with_its_own_organisation_only() {
        let organisation = |line: &str| request_of(line).unwrap().organisation().unwrap();
        assert_eq!(
            organisation("--role municipality --municipality GM0402 --municipality gm0406"),
            "GM0402+GM0406"
        );
        assert_eq!(organisation("--role region --area VR14"), "VR14");
        assert_eq!(
            organisation("--role partner --partner comensha"),
            "comensha"
        );
        assert_eq!(request_of("--role vng").unwrap(), Role::Vng);
        for wrong in [
            "",
            "--role public",
            "--role municipality",
            "--role municipality --municipality Hilversum",
            "--role municipality --municipality GM0402 --area VR14",
            "--role ministry --partner comensha",
            "--role vng --hours 0",
        ] {
            assert!(request_of(wrong).is_err(), "{wrong}");
        }
    }
}
