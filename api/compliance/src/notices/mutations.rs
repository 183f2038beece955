//! `registerMailbox`, `withdrawMailbox`. They change working rows alone: no fact, no entry, so that
//! nothing of an address stays once it is withdrawn.

use async_graphql::{Context, InputObject, Object, Result};
use graphql::{
    access::{permitted_to, roles},
    change::{Call, Change, Stopped},
    context::{RequestContext, request},
    payload,
    payload::{IdempotencyKey, payload},
};

use super::{
    errors::{MailboxError, MailboxErrorCode as Code},
    repo,
    schema::{self, FunctionalMailbox},
};
use domain::{
    mistake::Mistake,
    personal_data::{WrongMailbox, functional_mailbox},
    policy::{self, Rule},
};
use register::partners::schema::Organisation;

/// A functional mailbox to register. NL: aan te melden postvak.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterMailboxInput {
    /// The address of a mailbox of a function, as in `mensenhandel@hilversum.nl`, at most 254
    /// characters. The function must be readable in it: an address of a person, or one that may be,
    /// is refused. NL: adres van het functionele postvak.
    mailbox_address: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// A functional mailbox to withdraw. NL: af te melden postvak.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawMailboxInput {
    /// The organisation whose mailbox it is, by its code in `functionalMailboxes`, as in
    /// `GM0402+GM0406` for an officer of several municipalities; by default your own. NL:
    /// organisatie.
    organisation: Option<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a mailbox to register. NL: resultaat.
    RegisterMailboxPayload {
        /// The mailbox; null when it was not registered. NL: functioneel postvak.
        mailbox: FunctionalMailbox,
        /// What to repair; empty when it was registered. NL: fouten.
        errors: MailboxError,
    }
}

payload! {
    /// What became of a mailbox to withdraw. NL: resultaat.
    WithdrawMailboxPayload {
        /// The organisation that is told no more; null when nothing was withdrawn. NL: organisatie.
        organisation: Organisation,
        /// What to repair; empty when the mailbox is withdrawn. NL: fouten.
        errors: MailboxError,
    }
}

/// What is wrong with an address.
fn mistake(wrong: WrongMailbox) -> Mistake<Code> {
    let field = &["mailboxAddress"];
    match wrong {
        WrongMailbox::NoAddress => Mistake::at(
            Code::InvalidAddress,
            field,
            "Dit is geen e-mailadres. Geef één adres, zoals mensenhandel@hilversum.nl.",
            "This is no e-mail address. Give one address, as in mensenhandel@hilversum.nl.",
        ),
        WrongMailbox::OfAPerson => Mistake::at(
            Code::PersonalData,
            field,
            "Dit lijkt het adres van een persoon. Geef een postvak van een functie of een afdeling, \
             waarvan het adres die noemt, zoals mensenhandel@hilversum.nl.",
            "This seems to be the address of a person. Give a mailbox of a function or a department \
             whose address names it, as in mensenhandel@hilversum.nl.",
        ),
    }
}

async fn register(
    request: &RequestContext,
    input: &RegisterMailboxInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerMailbox", &input.idempotency_key, input);
    let opened = Change::open(request, call, policy::may_manage_mailbox).await?;
    let address = functional_mailbox(&input.mailbox_address);
    let address = address.map_err(|wrong| Stopped::Wrong(vec![mistake(wrong)]))?;
    repo::register(opened.session(), opened.permit(), &address).await?;
    let organisation = opened.permit().organisation().to_owned();
    Ok(opened.seal(request, organisation).await?)
}

async fn withdraw(
    request: &RequestContext,
    input: &WithdrawMailboxInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawMailbox", &input.idempotency_key, input);
    let opened = Change::open(request, call, policy::may_manage_mailbox).await?;
    let own = opened.permit().organisation();
    let organisation = input.organisation.as_deref().unwrap_or(own).to_owned();
    if !repo::withdraw(opened.session(), opened.permit(), &organisation).await? {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownMailbox,
            &["organisation"],
            "Uw organisatie heeft geen postvak aangemeld.",
            "Your organisation has registered no mailbox.",
        )]));
    }
    Ok(opened.seal(request, organisation).await?)
}

/// Mutations of functional mailboxes.
#[derive(Default)]
pub(crate) struct MailboxMutation;

#[Object]
impl MailboxMutation {
    /// Registers the functional mailbox of your organisation, in the place of the one before it:
    /// once a day at most it is sent which tasks are open, with their last days and where to look,
    /// and never what was answered. Sent only where the operator has set up a mail server. NL:
    /// postvak aanmelden.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManageMailbox)))]
    async fn register_mailbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mailbox. NL: invoer.")] input: RegisterMailboxInput,
    ) -> Result<RegisterMailboxPayload> {
        let outcome = register(request(ctx)?, &input).await;
        payload(outcome, async |organisation: String| {
            schema::find(ctx, &organisation).await
        })
        .await
    }

    /// Withdraws the functional mailbox of your organisation: its address is deleted, and what
    /// waits to be sent with it. NL: postvak afmelden.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManageMailbox)))]
    async fn withdraw_mailbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mailbox. NL: invoer.")] input: WithdrawMailboxInput,
    ) -> Result<WithdrawMailboxPayload> {
        let outcome = withdraw(request(ctx)?, &input).await;
        payload(outcome, async |organisation: String| {
            Ok(Some(Organisation::of(organisation)))
        })
        .await
    }
}
