import './styles/all.css';
import { start } from './app/start.js';
import { httpSource } from './source/http-source.js';

start(httpSource());
