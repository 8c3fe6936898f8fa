//! `GET /api/v1/openapi.json`: the API's description, made from the handlers themselves. What a person reads of it comes from
//! the same texts as the page for people, and its examples are those that a test sends.

use std::sync::{Arc, OnceLock};

use axum::response::Response;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{
    examples::{EXAMPLES, Example},
    info, organisations,
    paging::{DEPTH, MOST},
    params::Params,
    proposals, requirement, requirements, root, taxonomy, version,
};
use crate::kernel::{
    error::Result,
    i18n::{Lang, Texts},
    web::{App, Asked, Visit, links},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kravbanken",
        version = info::VERSION,
        description = "The Swedish regions' bank of environmental requirements for public procurement, as open data. Read-only \
                       and without a key. Times are RFC 3339 in UTC, texts Swedish with English beside them where there is any; \
                       the Swedish text applies. Errors are problem documents (RFC 9457). A parameter that is not known is \
                       refused, as is a value that names nothing; one without a value counts as not given, except where it \
                       is to be a code.",
        license(name = "CC0-1.0", identifier = "CC0-1.0"),
    ),
    paths(
        root::root,
        requirements::list,
        requirement::current,
        version::list,
        version::one,
        taxonomy::areas,
        taxonomy::objectives,
        taxonomy::cpv,
        organisations::list,
        organisations::one,
        proposals::list,
        proposals::one,
        info::api_info,
        document,
    ),
    components(schemas(requirements::Status, requirements::Order, proposals::ProposalKind, proposals::ProposalState)),
    tags(
        (name = "requirements", description = "Requirements and their versions"),
        (name = "taxonomy", description = "What requirements are sorted by"),
        (name = "organisations", description = "Who takes part"),
        (name = "proposals", description = "What was proposed, and what became of it"),
        (name = "api", description = "About this API"),
    )
)]
struct Document;

/// An address of the API, as the description has it.
#[derive(Debug)]
pub(super) struct Operation {
    /// Its path, with variables in braces.
    pub(super) path: String,
    /// What it is called in texts.
    pub(super) id: String,
    /// Its parameters: name, whether it may be repeated, codes that it takes.
    pub(super) parameters: Vec<Parameter>,
    /// The statuses that it answers with.
    pub(super) statuses: Vec<String>,
}

/// A parameter of an [`Operation`].
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) many: bool,
    pub(super) codes: Vec<String>,
}

/// What a parameter is, in words; the same name may mean something else at one address.
pub(super) fn said_of_parameter(t: Texts, operation: &str, name: &str) -> Option<&'static str> {
    t.by_key(&format!("open_data_parameter_{operation}_{name}")).or_else(|| t.by_key(&format!("open_data_parameter_{name}")))
}

/// What an address gives, in words.
pub(super) fn said_of_operation(t: Texts, operation: &str) -> Option<&'static str> {
    t.by_key(&format!("open_data_operation_{operation}"))
}

/// What a status means, in words.
pub(super) fn said_of_status(t: Texts, status: &str) -> Option<&'static str> {
    t.by_key(&format!("open_data_status_s{status}"))
}

/// Every address, in the order of the routes.
pub(super) fn operations(document: &Value) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    for route in super::routes().list() {
        let operation = &document["paths"][route.path]["get"];
        let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
            let schema = Some(&parameter["schema"]["items"]).filter(|items| items.is_object()).unwrap_or(&parameter["schema"]);
            let schema = match schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
                Some(name) => &document["components"]["schemas"][name],
                None => schema,
            };
            Parameter {
                name: parameter["name"].as_str().unwrap_or_default().to_owned(),
                many: parameter["schema"]["type"] == "array",
                codes: schema["enum"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|code| code.as_str().map(str::to_owned))
                    .collect(),
            }
        });
        operations.push(Operation {
            path: route.path.to_owned(),
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            parameters: parameters.collect(),
            statuses: operation["responses"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default(),
        });
    }
    operations
}

/// The description, once it was asked for: nothing in it changes while the program runs.
#[derive(Default)]
struct Described(OnceLock<Arc<Value>>);

/// The whole description of this bank.
///
/// # Errors
/// When it cannot be written as JSON, which is a fault of ours.
pub(super) fn described(app: &App) -> Result<Arc<Value>> {
    let kept = app.kept.of::<Described>();
    if let Some(document) = kept.0.get() {
        return Ok(Arc::clone(document));
    }
    let document = Arc::new(describe(app.settings.base_url())?);
    Ok(Arc::clone(kept.0.get_or_init(|| document)))
}

/// The whole description, for a bank at this address.
///
/// # Errors
/// When it cannot be written as JSON, which is a fault of ours.
pub(super) fn describe(base: &str) -> Result<Value> {
    let mut document = serde_json::to_value(Document::openapi())?;
    // Said outright: no key.
    document["security"] = json!([]);
    document["servers"] = json!([{"url": base}]);
    document["externalDocs"] = json!({"url": format!("{base}/en{}", links::OPEN_DATA)});
    document["components"]["headers"] = json!({
        "ETag": {"description": "Validator of the answer, for If-None-Match", "schema": {"type": "string"}},
        "LastModified": {"description": "When anything in the answer changed last", "schema": {"type": "string"}},
    });
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            complete(&mut item["get"], path, base);
        }
    }
    Ok(document)
}

/// Adds what holds for every address, words and examples.
fn complete(operation: &mut Value, path: &str, base: &str) {
    let t = Texts(Lang::En);
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    operation["summary"] = said_of_operation(t, &id).into();
    let examples: Vec<&Example> = EXAMPLES.iter().filter(|example| example.pattern == path).collect();
    let good = examples.iter().find(|example| example.status == 200);
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        parameter["description"] = said_of_parameter(t, &id, &name).into();
        bound(&name, &mut parameter["schema"]);
        if let Some(value) = good.and_then(|example| example.parameter(&name)) {
            let number = value.parse::<u32>().map(Value::from);
            let typed = if parameter["schema"]["type"] == "integer" { number.unwrap_or_default() } else { value.into() };
            parameter["example"] = if parameter["schema"]["type"] == "array" { json!([typed]) } else { typed };
        }
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    responses.insert("304".to_owned(), json!({}));
    for status in ["400", "414", "503"] {
        let problem = json!({"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
        responses.entry(status).or_insert(problem);
    }
    for (status, response) in responses {
        response["description"] = said_of_status(t, status).into();
        if matches!(status.as_str(), "200" | "304") {
            let header = |name: &str| json!({"$ref": format!("#/components/headers/{name}")});
            response["headers"] = json!({"ETag": header("ETag"), "Last-Modified": header("LastModified")});
        }
        let example = examples.iter().find(|example| example.status.to_string() == *status);
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        if let (Some(example), Some(content)) = (example, content) {
            for media in content.values_mut() {
                media["example"] = example.answer(base);
            }
        }
    }
    sort(operation);
}

/// The statuses in order.
fn sort(operation: &mut Value) {
    if let Some(responses) = operation["responses"].as_object_mut() {
        let mut all: Vec<(String, Value)> = std::mem::take(responses).into_iter().collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        *responses = Map::from_iter(all);
    }
}

/// What a schema can say of a value besides its type. An empty value counts as none.
fn bound(name: &str, schema: &mut Value) {
    match name {
        "limit" => (schema["minimum"], schema["maximum"]) = (1.into(), MOST.into()),
        "page" => (schema["minimum"], schema["maximum"]) = (1.into(), DEPTH.into()),
        "cursor" => schema["pattern"] = "^([0-9a-f]{2})*$".into(),
        "product_area" | "objective" => schema["items"]["pattern"] = "^([a-z0-9]+(-[a-z0-9]+)*)?$".into(),
        "product_group" => schema["items"]["pattern"] = "^([a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?)?$".into(),
        "cpv" => schema["pattern"] = "^([0-9]{2,8}|[0-9]{8}-[0-9])?$".into(),
        "updated_since" => {
            schema["anyOf"] = json!([{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]);
        }
        _ => {}
    }
}

/// This document
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "openapi",
    tag = "api",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(super) async fn document(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    requirement::dated(&*described(&visit.app)?, None)
}
