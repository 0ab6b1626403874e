// Found through NODE_PATH when ./dupq lint runs it, or in node_modules after "npm ci".
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);
const globals = require("globals");

const rules = {
    "no-undef": "error",
    "no-restricted-globals": ["error", "event", "self"],
    "no-const-assign": "error",
    "no-debugger": "error",
    "no-dupe-class-members": "error",
    "no-dupe-keys": "error",
    "no-duplicate-imports": "error",
    "no-unused-vars": ["error", {vars: "all", args: "none", caughtErrors: "all"}],
    curly: ["error", "all"],
    eqeqeq: ["error", "always"],
    "prefer-const": ["error", {destructuring: "all", ignoreReadBeforeAssign: true}],
    "arrow-body-style": ["error", "as-needed"],
    "valid-typeof": "error",
    "no-restricted-syntax": [
        "error",
        "PrivateIdentifier",
        {
            selector:
                "ClassDeclaration[superClass.name='Component']" +
                ":not(:has(ClassBody.body > PropertyDefinition[key.name='props'][static='true']))",
            message: "Component should declare static props",
        },
    ],
};

export default [
    {ignores: ["**/static/lib/**", "node_modules/**"]},
    {
        files: ["addons/*/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: {
                ...globals.browser,
                odoo: "readonly",
                owl: "readonly",
                luxon: "readonly",
            },
        },
        rules,
    },
];
