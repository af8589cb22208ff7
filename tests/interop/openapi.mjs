// Judges the OpenAPI document on standard input, as an object with `valid` and `errors`.
import { text } from "node:stream/consumers";
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const { valid, errors } = await validator.validate(JSON.parse(await text(process.stdin)));
const answer = { valid, version: validator.version, errors: errors ?? [] };
if (valid) {
    try {
        validator.resolveRefs();
    } catch (error) {
        answer.valid = false;
        answer.errors = [{ message: error.message }];
    }
}
console.log(JSON.stringify(answer));
